package io.github.llmbudget.wire;

import org.apiguardian.api.API;

/**
 * What a reader wants to know of an answer, wherever a service puts it.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public enum AnswerField {
    /** The object around the counts, if there is one. A second one in the same JSON text replaces the first. */
    USAGE,
    /** As {@link #USAGE}, where the service says it before the work is done. */
    USAGE_SO_FAR,
    /** Input tokens as the service counts them. */
    INPUT,
    /** Input tokens that tools added. */
    TOOL_INPUT,
    /** Input tokens read from the prompt cache. */
    CACHED_INPUT,
    /** Input tokens written to the prompt cache. */
    CACHE_WRITE,
    /** The part of the cache writes that is kept for as long as the service keeps them if nobody asks for more. */
    CACHE_WRITE_SHORT,
    /** The part of the cache writes that is kept for an hour. */
    CACHE_WRITE_ONE_HOUR,
    /** The part of the cache writes that is kept for twelve hours. */
    CACHE_WRITE_TWELVE_HOURS,
    /** Input tokens that are audio. */
    AUDIO_INPUT,
    /** Input tokens that are images. */
    IMAGE_INPUT,
    /** The part of the cached tokens that is audio. */
    CACHED_AUDIO_INPUT,
    /** The part of the cached tokens that is images. */
    CACHED_IMAGE_INPUT,
    /** Output tokens as the service counts them. */
    OUTPUT,
    /** Output tokens that are hidden reasoning. */
    REASONING,
    /** Output tokens that are audio. */
    AUDIO_OUTPUT,
    /** Output tokens that are images. */
    IMAGE_OUTPUT,
    /** All tokens as the service counts them. */
    TOTAL,
    /** Input tokens of one of several texts, to be added up. */
    INPUT_PART,
    /** An object that counts the input of one modality. */
    INPUT_DETAIL,
    /** An object that counts the cached input of one modality. */
    CACHED_DETAIL,
    /** An object that counts the output of one modality. */
    OUTPUT_DETAIL,
    /** The modality that such an object is about. */
    DETAIL_MODALITY,
    /** The tokens of that modality. */
    DETAIL_COUNT,
    /** An object that counts one of several samplings made for the answer. */
    SAMPLING,
    /** What kind of sampling it was. */
    SAMPLING_KIND,
    /** The model that made it. */
    SAMPLING_MODEL,
    /** What the service says the call cost, in USD. */
    COST,
    /** The same in ten-billionths of a USD. */
    COST_TICKS,
    /** Whether the service used a key of the caller's with another service, which bills by itself. */
    OWN_KEY,
    /** What that other service bills, in USD. */
    OWN_KEY_COST,
    /** How often a tool ran that is billed by use; the path says which. */
    TOOL_CALLS,
    /** An item of the output, which may be such a tool's call. */
    TOOL_ITEM,
    /** The type of an output item. */
    TOOL_ITEM_TYPE,
    /** What a tool did, where only some of what it does is billed. */
    TOOL_ITEM_ACTION,
    /** The container in which a tool ran, which is billed once however often it does. */
    TOOL_ITEM_CONTAINER,
    /** What names an item of the output in a later request: its id, or its encrypted content. */
    TOOL_ITEM_NAME,
    /** One of the searches made for the answer. */
    SEARCH,
    /** Seconds of audio that are billed instead of tokens. */
    AUDIO_SECONDS,
    /** One of the images that were made. */
    IMAGE,
    /** The model that answered. Where none stands, the one that the request names holds. */
    MODEL,
    /** The answer's id. */
    RESPONSE_ID,
    /** The service tier that served the call. */
    SERVICE_TIER,
    /** A speed that is billed as a service tier of its own, whatever the tier is; {@code standard} is none. */
    SPEED,
    /** The part of the world that the service was bound to. */
    REGION,
    /**
     * What a JSON text of the answer is about: the type of an event or of an object, see
     * {@link JsonAnswer.Builder#lastKinds} and {@link JsonAnswer.Builder#onlyKinds}.
     */
    KIND,
    /** How far the work is, such as {@code queued}: some services answer first and work later. */
    PROGRESS,
    /** Whether this is the last JSON text of the answer. */
    LAST,
    /** One of several alternative answers, whose texts are counted each by itself. */
    CHOICE,
    /** Which of them. */
    CHOICE_INDEX,
    /** Text the model produced, whole or in pieces, to be counted where the output is not reported. */
    TEXT,
    /** A call of a function that the model asks for. */
    CALL,
    /** Which of them. */
    CALL_INDEX,
    /** The name of the function. */
    CALL_NAME,
    /** Its arguments as text, whole or in pieces, to be counted where the output is not reported. */
    CALL_ARGUMENTS,
    /** Vectors: an answer that has no output tokens. */
    VECTORS,
    /** An error inside the answer. */
    ERROR;

    /** Tells whether this is a text that is handed on in pieces. */
    boolean isText() {
        return this == TEXT || this == CALL_ARGUMENTS;
    }
}
