package demo;

class DairyTest extends AisleQuestions {}
