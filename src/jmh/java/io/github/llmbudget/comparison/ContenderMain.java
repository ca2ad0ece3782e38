package io.github.llmbudget.comparison;

import java.util.Arrays;

/** Has work done on a contender: its name, that of the work, and the numbers of the work. */
final class ContenderMain {

    private ContenderMain() {}

    public static void main(String[] args) throws Exception {
        Contender contender = Contender.valueOf(args[0]);
        Work work = Work.named(
                args[1], Arrays.stream(args).skip(2).mapToInt(Integer::parseInt).toArray());
        Child.repeat(() -> {
            try (Server server = contender.start(work.output());
                    Way way = server.newWay()) {
                return work.on(way);
            }
        });
    }
}
