// Holds the README of this sample to what its tests really print.

// Without line ends of other systems, and without what a console of another encoding makes of signs.
def plain = { String file ->
    new File(basedir, file).getText('UTF-8').replaceAll(/[ \t]*\r?\n/, '\n').replaceAll(/[^\x00-\x7f]/, '?')
}
def picture = (plain('README.md') =~ /(?s)\n```text\n(.*?)\n```\n/)[0][1]
assert plain('build.log').contains(picture): "README.md shows what was not printed:\n$picture"
return true
