package demo;

class SpicesTest extends AisleQuestions {}
