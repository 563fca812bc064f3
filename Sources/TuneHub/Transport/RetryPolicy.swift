import Foundation

/// How often and after what waits a request is sent again.
package struct RetryPolicy: Sendable {
    /// How often a request is sent at most.
    package var attempts: Int
    /// Seconds before the second time; doubled for each further one.
    package var firstWait: Double
    /// Seconds that such a wait grows to.
    package var longestWait: Double
    /// Seconds that are waited where the server asks for it; more than that is a failure.
    package var longestRequestedWait: Double

    /// Creates a policy; the defaults are those of Python's client.
    package init(
        attempts: Int = 6, firstWait: Double = 1, longestWait: Double = 8,
        longestRequestedWait: Double = 330
    ) {
        (self.attempts, self.firstWait) = (attempts, firstWait)
        (self.longestWait, self.longestRequestedWait) = (longestWait, longestRequestedWait)
    }

    /// Whether another try may help.
    static func isTransient(_ status: Int) -> Bool { [429, 500, 502, 503, 504].contains(status) }

    /// The wait before another try.
    ///
    /// - Parameters:
    ///   - tries: How often the request was sent.
    ///   - requested: What the server asks for.
    /// - Returns: Seconds; nil where that is longer than anybody waits.
    func wait(after tries: Int, requested: Double?) -> Double? {
        guard let requested else {
            return min(longestWait, firstWait * pow(2, Double(tries - 1)))
        }
        return requested <= longestRequestedWait ? requested : nil
    }
}

extension HTTPResponse {
    /// Seconds that the server asks to wait: `Retry-After`, or what the Hub's `RateLimit` says.
    var requestedWait: Double? {
        if let text = headers["retry-after"] {
            if let seconds = Double(text), seconds >= 0, seconds.isFinite { return seconds }
            return httpDate(text).map { max(0, $0.timeIntervalSinceNow) }
        }
        guard status == 429, let limit = headers["ratelimit"] else { return nil }
        // "api";r=0;t=55: no requests remain, and in 55 seconds there are new ones.
        let fields = limit.split(separator: ";").map { $0.filter { $0 != " " } }
        guard fields.contains("r=0"), let time = fields.first(where: { $0.hasPrefix("t=") }),
            let seconds = Double(time.dropFirst(2)), seconds >= 0, seconds.isFinite
        else { return nil }
        return seconds + 1
    }
}

private func httpDate(_ text: String) -> Date? {
    let format = DateFormatter()
    format.locale = Locale(identifier: "en_US_POSIX")
    format.timeZone = TimeZone(secondsFromGMT: 0)
    format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
    return format.date(from: text)
}
