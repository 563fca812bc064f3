import Foundation

/// The most memory that this process has had resident so far, in bytes.
public func peakMemory() -> Int {
    var usage = rusage()
    #if os(Linux)
    let (who, unit) = (__rusage_who_t(RUSAGE_SELF.rawValue), 1024)
    #else
    let (who, unit) = (RUSAGE_SELF, 1)
    #endif
    return getrusage(who, &usage) == 0 ? usage.ru_maxrss * unit : 0
}
