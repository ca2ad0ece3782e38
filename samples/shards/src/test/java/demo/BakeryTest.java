package demo;

class BakeryTest extends AisleQuestions {}
