// Gives the build of a sample what holds READMEs to what its tests really print: each text block must be there as it is.

// Without line ends of other systems, and without what a console of another encoding makes of signs.
def plain = { File file -> file.getText('UTF-8').replaceAll(/[ \t]*\r?\n/, '\n').replaceAll(/[^\x00-\x7f]/, '?') }

return { int blocks, String... readmes ->
    def log = plain(new File(basedir, 'build.log'))
    def shown = readmes.collect { plain(new File(basedir, it)) }.join('\n')
    def pictures = (shown =~ /(?s)\n```text\n(.*?)\n```\n/).collect { it[1] }
    assert pictures.size() == blocks: "${readmes.join(', ')} should show what is printed in $blocks text blocks"
    pictures.each { picture -> assert log.contains(picture): "A README shows what was not printed:\n$picture" }
    return log
}
