/// The shell that stands between the tests and a server which they start.
package enum Supervisor {
    /// Arguments: the file for stdout, the file for stderr, the program and its arguments. Writes the program's process id
    /// on stdout, and ends with the program's status.
    ///
    /// Its stdin is a pipe whose other end the test process alone holds. "TERM" in it asks the program to end; its end, which
    /// comes with any end of the test process, kills the program's whole group. (A parent-death signal set by the test process
    /// itself would do harm: the kernel sends it when the *thread* that started the child ends. This shell has one thread, so
    /// for its own death, and only there, the signal is right.)
    package static let script = """
        out=$1; log=$2; shift 2
        exec 3<&0
        setsid setpriv --pdeathsig KILL -- "$@" </dev/null 3<&- >>"$out" 2>>"$log" &
        child=$!
        echo "$child"
        (
            if read -r word <&3 && [ "$word" = TERM ]; then kill -s TERM "$child"; read -r word <&3; fi
            kill -s KILL "$child"; kill -s KILL -- "-$child"
        ) >/dev/null 2>&1 &
        watcher=$!
        exec 3<&-
        wait "$child"; status=$?
        kill "$watcher" 2>/dev/null
        kill -s KILL -- "-$child" 2>/dev/null
        exit "$status"
        """
}
