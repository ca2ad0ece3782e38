package demo;

class FishTest extends AisleQuestions {}
