package demo;

class WineTest extends AisleQuestions {}
