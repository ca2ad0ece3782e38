// Holds the README to what the tests really print, and the last run to what it left out.

def plain = { File file -> file.getText('UTF-8').replaceAll(/[ \t]*\r?\n/, '\n').replaceAll(/[^\x00-\x7f]/, '?') }
def log = plain(new File(basedir, 'build.log'))

def pictures = (plain(new File(basedir, 'README.md')) =~ /(?s)\n```text\n(.*?)\n```\n/).collect { it[1] }
assert pictures.size() == 2: 'README.md shows a report and a failure, each in a text block'
pictures.each { assert log.contains(it): "README.md shows what was not printed:\n$it" }

assert log.contains('Tests run: 10, Failures: 1, Errors: 0, Skipped: 7\n')
return true
