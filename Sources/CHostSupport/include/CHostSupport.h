#ifndef C_HOST_SUPPORT_H
#define C_HOST_SUPPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/// Bounds on a process and, each for itself, on what it starts; 0 for none. What has bounds also gives way to others.
struct plumb_limits {
    /// In bytes, of memory of its own that it may write to.
    unsigned long memory;
    /// In bytes, of one file that it writes.
    unsigned long file;
    /// Of descriptors that are open at once.
    unsigned long descriptors;
    /// Of computing.
    unsigned long seconds;
    /// Processes and threads that its user has in all.
    unsigned long processes;
};

/// A program to start. Descriptors are not taken over; the caller closes them.
struct plumb_child {
    const char *path;
    char *const *arguments;
    char *const *environment;
    /// The working directory, opened before privileges are dropped.
    int directory;
    int input;
    int output;
    /// 0: where the output goes.
    int errors;
    /// The child execs once it reads one byte here, and exits at the end of file; -1: at once.
    int gate;
    /// Gets an `int` step and an `int` errno if the child cannot exec; closed by exec otherwise.
    int report;
    /// Sent to the child when the thread that started it ends; 0 for none.
    int death_signal;
    bool changes_identity;
    uid_t user;
    gid_t group;
    const gid_t *groups;
    size_t group_count;
    /// NULL for none. Nothing that is bounded leaves a memory dump.
    const struct plumb_limits *limits;
};

/// What a child was doing when it failed, in `report`.
enum { PLUMB_STEP_DIRECTORY = 1, PLUMB_STEP_IDENTITY = 2, PLUMB_STEP_EXEC = 3, PLUMB_STEP_LIMITS = 4 };

/// Starts a child in a session of its own. The process id, or -1 and errno.
pid_t plumb_start(const struct plumb_child *child);

/// Starts a program that outlives its parent: in its own session, a child of init, in `/`, with SIGTERM, SIGINT and
/// SIGHUP blocked, nothing on 0 to 2, and `handshake` as descriptor 3. 0, or -1 and errno.
int plumb_start_detached(const char *path, char *const *arguments, char *const *environment, int handshake);

/// A descriptor that becomes readable when the process ends; -1 and errno.
int plumb_process_open(pid_t process);
int plumb_process_signal(int descriptor, int signal);
/// Reaps an ended child: its exit code, or 256 and the signal; -1 if it has not ended.
int plumb_reap(pid_t child);

/// Blocks SIGTERM, SIGINT and SIGHUP, ignores SIGPIPE, and gives a descriptor that is readable when one arrives.
int plumb_termination_signals(void);

/// A pipe that no child inherits: the end to read and the end to write. 0, or -1 and errno.
int plumb_pipe(int ends[2]);

/// Takes an exclusive lock that belongs to the open file: 0, or -1 and errno (EAGAIN where it is taken).
int plumb_lock(int descriptor);
/// 1 where another open file holds the lock, 0 where none does, -1 and errno.
int plumb_is_locked(int descriptor);

/// Renames inside one directory; fails with EEXIST instead of replacing.
int plumb_rename_new(int directory, const char *from, const char *to);

#endif
