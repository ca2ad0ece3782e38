package demo;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;

/** Answers travellers. It knows nothing of tests. */
@Service
public class TravelGuide {

    private final ChatClient chat;
    private final Timetable timetable;

    public TravelGuide(ChatClient.Builder chat, Timetable timetable) {
        this.chat = chat.build();
        this.timetable = timetable;
    }

    /** Answers a question. */
    public String ask(String question) {
        return chat.prompt(question).call().content();
    }

    /** Answers a question piece by piece. */
    public Flux<String> stream(String question) {
        return chat.prompt(question).stream().content();
    }

    /** Answers a question about trains. */
    public String askForATrain(String question) {
        return chat.prompt(question).tools(timetable).call().content();
    }
}
