import Commands

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

exit(await PlumbMain.run(Array(CommandLine.arguments.dropFirst())))
