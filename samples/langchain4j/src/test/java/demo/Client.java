package demo;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiResponsesStreamingChatModel;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Ways to ask a model, each as its library has it out of the box. */
enum Client {
    LANGCHAIN4J {
        @Override
        String ask(String baseUrl, String apiKey) {
            return new TravelGuide(baseUrl, apiKey).ask(QUESTION);
        }
    },
    LANGCHAIN4J_STREAM {
        @Override
        String ask(String baseUrl, String apiKey) throws Exception {
            return new TravelGuide(baseUrl, apiKey).stream(QUESTION, text -> {}).get();
        }
    },
    LANGCHAIN4J_RESPONSES_STREAM {
        @Override
        String ask(String baseUrl, String apiKey) throws Exception {
            var answer = new CompletableFuture<String>();
            OpenAiResponsesStreamingChatModel.builder()
                    .baseUrl(baseUrl)
                    .apiKey(apiKey)
                    .modelName("gpt-4o-mini")
                    .build()
                    .chat(QUESTION, new StreamingChatResponseHandler() {
                        @Override
                        public void onCompleteResponse(ChatResponse response) {
                            answer.complete(response.aiMessage().text());
                        }

                        @Override
                        public void onError(Throwable error) {
                            answer.completeExceptionally(error);
                        }
                    });
            return answer.get();
        }
    },
    OPENAI_JAVA {
        @Override
        String ask(String baseUrl, String apiKey) {
            return text(openAi(baseUrl, apiKey).chat().completions().create(PARAMS));
        }
    },
    OPENAI_JAVA_ASYNC {
        @Override
        String ask(String baseUrl, String apiKey) throws Exception {
            return text(openAi(baseUrl, apiKey)
                    .async()
                    .chat()
                    .completions()
                    .create(PARAMS)
                    .get());
        }
    },
    OPENAI_JAVA_STREAM {
        @Override
        String ask(String baseUrl, String apiKey) {
            var whole = ChatCompletionAccumulator.create();
            try (var chunks = openAi(baseUrl, apiKey).chat().completions().createStreaming(PARAMS)) {
                chunks.stream().forEach(whole::accumulate);
            }
            return text(whole.chatCompletion());
        }
    },
    OPENAI_JAVA_ASYNC_STREAM {
        @Override
        String ask(String baseUrl, String apiKey) throws Exception {
            var whole = ChatCompletionAccumulator.create();
            openAi(baseUrl, apiKey)
                    .async()
                    .chat()
                    .completions()
                    .createStreaming(PARAMS)
                    .subscribe(whole::accumulate)
                    .onCompleteFuture()
                    .get();
            return text(whole.chatCompletion());
        }
    },
    OKHTTP {
        @Override
        String ask(String baseUrl, String apiKey) throws IOException {
            return okHttp(baseUrl, apiKey, BODY);
        }
    },
    OKHTTP_ASYNC {
        @Override
        String ask(String baseUrl, String apiKey) throws Exception {
            var answer = new CompletableFuture<String>();
            call(baseUrl, apiKey, BODY).enqueue(new Callback() {
                @Override
                public void onResponse(Call call, Response response) throws IOException {
                    try (response) {
                        answer.complete(body(response));
                    } catch (IllegalStateException e) {
                        answer.completeExceptionally(e);
                    }
                }

                @Override
                public void onFailure(Call call, IOException e) {
                    answer.completeExceptionally(e);
                }
            });
            return answer.get();
        }
    },
    OKHTTP_STREAM {
        @Override
        String ask(String baseUrl, String apiKey) throws IOException {
            return okHttp(baseUrl, apiKey, STREAMED_BODY);
        }
    },
    JAVA_NET_HTTP {
        @Override
        String ask(String baseUrl, String apiKey) throws Exception {
            return lines(JDK.send(request(baseUrl, apiKey, BODY), BodyHandlers.ofLines()));
        }
    },
    JAVA_NET_HTTP_ASYNC {
        @Override
        String ask(String baseUrl, String apiKey) throws Exception {
            return JDK.sendAsync(request(baseUrl, apiKey, BODY), BodyHandlers.ofLines())
                    .thenApply(Client::lines)
                    .get();
        }
    },
    JAVA_NET_HTTP_STREAM {
        @Override
        String ask(String baseUrl, String apiKey) throws Exception {
            return lines(JDK.send(request(baseUrl, apiKey, STREAMED_BODY), BodyHandlers.ofLines()));
        }
    };

    private static final int OK = 200;
    private static final String QUESTION = "How do I get to Lisbon?";
    private static final ChatCompletionCreateParams PARAMS = ChatCompletionCreateParams.builder()
            .model("gpt-4o-mini")
            .addUserMessage(QUESTION)
            .build();
    private static final String BODY = """
            {"model": "gpt-4o-mini", "messages": [{"role": "user", "content": "How do I get to Lisbon?"}]}""";
    private static final String STREAMED_BODY = BODY.replaceFirst("\\{", "{\"stream\": true, ");
    private static final OkHttpClient OK_HTTP = new OkHttpClient();
    private static final HttpClient JDK = HttpClient.newHttpClient();

    /** Returns what was answered as the client sees it, or throws what it throws. */
    abstract String ask(String baseUrl, String apiKey) throws Exception;

    private static OpenAIClient openAi(String baseUrl, String apiKey) {
        return OpenAIOkHttpClient.builder().baseUrl(baseUrl).apiKey(apiKey).build();
    }

    private static String text(ChatCompletion completion) {
        return completion.choices().get(0).message().content().orElse("");
    }

    private static Call call(String baseUrl, String apiKey, String body) {
        return OK_HTTP.newCall(new Request.Builder()
                .url(baseUrl + "/chat/completions")
                .header("Authorization", "Bearer " + apiKey)
                .post(RequestBody.create(body, MediaType.get("application/json")))
                .build());
    }

    private static String okHttp(String baseUrl, String apiKey, String body) throws IOException {
        try (Response response = call(baseUrl, apiKey, body).execute()) {
            return body(response);
        }
    }

    private static String body(Response response) throws IOException {
        return checked(response.code(), response.body().string());
    }

    private static HttpRequest request(String baseUrl, String apiKey, String body) {
        return HttpRequest.newBuilder(URI.create(baseUrl + "/chat/completions"))
                .header("Authorization", "Bearer " + apiKey)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private static String lines(HttpResponse<Stream<String>> response) {
        return checked(response.statusCode(), response.body().collect(Collectors.joining("\n")));
    }

    private static String checked(int status, String body) {
        if (status != OK) {
            throw new IllegalStateException(status + " " + body);
        }
        return body;
    }
}
