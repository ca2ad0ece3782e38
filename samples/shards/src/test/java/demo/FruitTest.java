package demo;

class FruitTest extends AisleQuestions {}
