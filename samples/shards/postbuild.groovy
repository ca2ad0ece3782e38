import groovy.json.JsonSlurper

def report = { directory -> new JsonSlurper().parse(new File(basedir, "${directory}/report.json")) }

def jar = new File(localRepositoryPath, 'io/github/llmbudget/llm-budget-junit').listFiles()
        .findAll { it.directory }
        .collectMany { it.listFiles() as List }
        .find { it.name ==~ /llm-budget-junit-[^-]+(-SNAPSHOT)?\.jar/ }
def java = new File(System.getProperty('java.home'), 'bin/java').path
def merge = new ProcessBuilder(java, '-jar', jar.path, 'report', 'merge', 'target/shards', '-o', 'target/merged', '--check')
        .directory(basedir).inheritIO().start()
assert merge.waitFor() == 0: 'the shards can be merged, and nothing is over budget or missing'

// Whatever the JVMs, the report is the same but for times and JVMs.
def timeless = { whole ->
    whole.remove('created')
    whole.remove('jvms')
    whole.findings.remove('slowest')
    whole.tests.each { test ->
        test.remove('start')
        test.remove('end')
        test.calls.each { it.remove('timing') }
    }
    whole
}
def one = report('target/llm-budget')
assert one.tests.size() == 80
assert one.totals.calls == 96
assert one.earlierAttempts.calls == 0
def forks = report('target/forks')
assert forks.jvms.size() == 4
def merged = report('target/merged')
assert merged.jvms.size() == 3
one = timeless(one)
assert timeless(forks) == one
assert timeless(merged) == one
['index.html', 'summary.md', 'junit-llm-budget.xml'].each { assert new File(basedir, "target/merged/${it}").length() > 0 }

def killed = report('target/killed')
assert killed.tests*.name.contains('DeadlyTest.first'): 'what was over when the fork was killed is there'
assert killed.tests.size() == 11
assert killed.missing.size() == 1
assert killed.missing[0] ==~ /JVM \d+ of shards was gone before its tests were over, .*; it was then in DeadlyTest\.secondIsKilled, whose calls are not known/
true
