// Holds the README to what was printed, and the classes with an application to one context.
return evaluate(new File(basedir, '../../../src/it/one-context.groovy'))
