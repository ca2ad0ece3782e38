// Holds the README to what the tests really print.

def plain = { File file -> file.getText('UTF-8').replaceAll(/[ \t]*\r?\n/, '\n').replaceAll(/[^\x00-\x7f]/, '?') }
def log = plain(new File(basedir, 'build.log'))

def pictures = (plain(new File(basedir, 'README.md')) =~ /(?s)\n```text\n(.*?)\n```\n/).collect { it[1] }
assert pictures.size() == 1: 'README.md shows lines of the report in a text block'
pictures.each { assert log.contains(it): "README.md shows what was not printed:\n$it" }
return true
