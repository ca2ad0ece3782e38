// Holds the README to what was printed, and the classes with an application to one context.

// Without what a console of another encoding makes of signs.
def lines = { File file -> file.getText('UTF-8').replaceAll(/[^\x00-\x7f\n]/, '?').readLines()*.stripTrailing() }
def log = lines(new File(basedir, 'build.log'))
def readme = lines(new File(basedir, 'README.md')).join('\n')

def picture = (readme =~ /(?s)\n```text\n(.*?)\n```\n/).collect { it[1] }.first()
picture.readLines().each { line ->
    assert log.contains(line): "README.md shows what was not printed:\n$line"
}

def contexts = log.findAll { it ==~ /.* : Started \w+ in .* seconds .*/ }
assert contexts.size() == 1: "Two classes share one context, but built were\n${contexts.join('\n')}"
return true
