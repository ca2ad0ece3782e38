package io.github.llmbudget.comparison;

import io.github.llmbudget.endpoint.Mode;
import java.util.Arrays;

/** Has work done within a test that uses the library: the mode, the name of the work, and its numbers. */
final class ProductMain {

    private ProductMain() {}

    public static void main(String[] args) throws Exception {
        Mode mode = Mode.valueOf(args[0]);
        Work work = Work.named(
                args[1], Arrays.stream(args).skip(2).mapToInt(Integer::parseInt).toArray());
        Child.repeat(() -> WorkTestCases.run(mode, work));
    }
}
