import FineTuneKit

/// An object in one line that is safe to show: readable text, but escapes where a text of the
/// data would control the terminal.
func jsonLine(_ object: JSONObject) -> String {
    let readable = JSONValue.object(object).serialized(escapingNonASCII: false)
    guard strippingControlCharacters(readable) != readable else { return readable }
    return JSONValue.object(object).serialized(escapingNonASCII: true)
}
