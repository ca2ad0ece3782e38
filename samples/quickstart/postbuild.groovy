// Holds the main README, and that of this sample, to what the tests of this sample really print, and the last run to its one failure.

// Without line ends of other systems, and without what a console of another encoding makes of signs.
def plain = { File file ->
    file.getText('UTF-8').replaceAll(/[ \t]*\r?\n/, '\n').replaceAll(/[^\x00-\x7f]/, '?')
}
def log = plain(new File(basedir, 'build.log'))
def readmes = ['../../../README.md', 'README.md'].collect { plain(new File(basedir, it)) }.join('\n')

def pictures = (readmes =~ /(?s)\n```text\n(.*?)\n```\n/).collect { it[1] }
assert pictures.size() == 3: 'The main README shows a report and a failure, that of the sample some lines, each in a text block'
pictures.each { picture ->
    assert log.contains(picture): "A README shows what was not printed:\n$picture"
}

def summaries = (log =~ /Tests run: \d+, Failures: (\d+), Errors: (\d+), Skipped: 0\n/).collect { [it[1], it[2]] }
assert summaries.last() == ['1', '0']: 'Of all tests, those of the guide included, one fails: the one over its budget'
return true
