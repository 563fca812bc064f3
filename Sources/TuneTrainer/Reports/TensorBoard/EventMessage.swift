import Foundation

/// The messages of TensorBoard's event files; numbers of fields are those of its `event.proto`,
/// `summary.proto` and `tensor.proto`.
enum EventMessage {
    /// The first event of a file.
    static func version(time: Double) -> Data {
        event(time: time, step: nil) { $0.add(3, "brain.Event:2") }
    }

    /// A number at a step.
    static func scalar(_ tag: String, _ value: Double, step: Int, time: Double) -> Data {
        summary(tag, step: step, time: time) { $0.add(2, Float(value)) }
    }

    /// A text at a step, shown as Markdown.
    static func text(_ tag: String, _ text: String, step: Int, time: Double) -> Data {
        summary(tag + "/text_summary", step: step, time: time) { value in
            value.add(8) { tensor in
                tensor.add(1, stringType)
                tensor.add(2) { shape in shape.add(2) { $0.add(1, 1) } }
                tensor.add(8, text)
            }
            value.add(9) { metadata in metadata.add(1) { $0.add(1, "text") } }
        }
    }

    /// `DT_STRING` of `types.proto`.
    private static let stringType = 7

    private static func summary(
        _ tag: String, step: Int, time: Double, _ build: (inout ProtobufMessage) -> Void
    ) -> Data {
        event(time: time, step: step) { event in
            event.add(5) { summary in
                summary.add(1) { value in
                    value.add(1, tag)
                    build(&value)
                }
            }
        }
    }

    private static func event(
        time: Double, step: Int?, _ build: (inout ProtobufMessage) -> Void
    ) -> Data {
        var message = ProtobufMessage()
        message.add(1, time)
        if let step { message.add(2, step) }
        build(&message)
        return message.data
    }
}
