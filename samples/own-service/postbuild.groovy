// Holds the report of the sample's own to what its tests did; it is written when they are over.

def lines = new File(basedir, 'target/llm-budget/costs.csv').readLines('UTF-8')
assert lines[0] == 'test,calls,usd'
assert lines.any { it ==~ /"ConciergeTest\.readsAnAnswer",1,0\.0*12\d*/ }: "costs.csv is\n${lines.join('\n')}"
return true
