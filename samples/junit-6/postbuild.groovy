// Holds the README to what the tests really print, and the last run to what it left out.
def printed = evaluate(new File(basedir, '../../../src/it/printed.groovy'))
def log = printed(2, 'README.md')
assert log.contains('Tests run: 10, Failures: 1, Errors: 0, Skipped: 7\n')
return true
