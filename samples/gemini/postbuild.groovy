// Holds the README to what the tests of this sample really print.
def printed = evaluate(new File(basedir, '../../../src/it/printed.groovy'))
printed(1, 'README.md')
return true
