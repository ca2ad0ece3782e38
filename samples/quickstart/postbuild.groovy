// Holds the main README to what the tests of this sample really print, and the last run to its one failure.

// Without line ends of other systems, and without what a console of another encoding makes of signs.
def plain = { File file ->
    file.getText('UTF-8').replaceAll(/[ \t]*\r?\n/, '\n').replaceAll(/[^\x00-\x7f]/, '?')
}
def log = plain(new File(basedir, 'build.log'))
def readme = plain(new File(basedir, '../../../README.md'))

def pictures = (readme =~ /(?s)\n```text\n(.*?)\n```\n/).collect { it[1] }
assert pictures.size() == 2: 'README.md shows a report and a failure, each in a text block'
pictures.each { picture ->
    assert log.contains(picture): "README.md shows what was not printed:\n$picture"
}

def summaries = (log =~ /Tests run: \d+, Failures: (\d+), Errors: (\d+), Skipped: 0\n/).collect { [it[1], it[2]] }
assert summaries.last() == ['1', '0']: 'Of all tests, those of the guide included, one fails: the one over its budget'
return true
