// Holds the main README, and that of this sample, to what the tests of this sample really print, and the last run to its one failure.

// The main README shows a report and a failure, that of the sample some lines.
def printed = evaluate(new File(basedir, '../../../src/it/printed.groovy'))
def log = printed(3, '../../../README.md', 'README.md')

def summaries = (log =~ /Tests run: \d+, Failures: (\d+), Errors: (\d+), Skipped: 0\n/).collect { [it[1], it[2]] }
assert summaries.last() == ['1', '0']: 'Of all tests, those of the guide included, one fails: the one over its budget'
return true
