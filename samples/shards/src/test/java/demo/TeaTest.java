package demo;

class TeaTest extends AisleQuestions {}
