package demo;

class ToolsTest extends AisleQuestions {}
