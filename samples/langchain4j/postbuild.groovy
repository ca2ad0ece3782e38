// Holds README.md to what the tests of this sample really print.

// Without line ends of other systems, and without what a console of another encoding makes of signs.
def plain = { File file ->
    file.getText('UTF-8').replaceAll(/[ \t]*\r?\n/, '\n').replaceAll(/[^\x00-\x7f]/, '?')
}
def log = plain(new File(basedir, 'build.log'))
def pictures = (plain(new File(basedir, 'README.md')) =~ /(?s)\n```text\n(.*?)\n```\n/).collect { it[1] }

assert pictures.size() == 2: 'README.md shows lines of the report in text blocks'
pictures.each { picture ->
    assert log.contains(picture): "README.md shows what was not printed:\n$picture"
}
return true
