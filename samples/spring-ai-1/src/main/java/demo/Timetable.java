package demo;

import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.annotation.ToolParam;
import org.springframework.stereotype.Component;

/** Knows the trains; the model may ask it. */
@Component
public class Timetable {

    @Tool(description = "Tells when the next train leaves.")
    public String nextTrain(@ToolParam(description = "where the train goes") String place) {
        return "To " + place + " at nine.";
    }
}
