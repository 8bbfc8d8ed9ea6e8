#define _GNU_SOURCE
#include "CHostSupport.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static void close_from(unsigned first, unsigned flags) { (void)syscall(SYS_close_range, first, ~0U, flags); }

// What a parent ignores or blocks is inherited over exec, which no program expects.
static void reset_signals(void) {
    for (int number = 1; number < NSIG; number++) {
        if (number != SIGKILL && number != SIGSTOP) signal(number, SIG_DFL);
    }
}

static void termination_set(sigset_t *set) {
    sigemptyset(set);
    sigaddset(set, SIGTERM);
    sigaddset(set, SIGINT);
    sigaddset(set, SIGHUP);
}

static void fail(int report, int step) {
    int message[2] = {step, errno};
    (void)!write(report, message, sizeof message);
    _exit(127);
}

static int bound(int resource, unsigned long value) {
    struct rlimit limit = {value, value}, now;
    // What is lower already stays: only a privileged process may raise it.
    if (getrlimit(resource, &now) == 0 && now.rlim_max < value) limit.rlim_cur = limit.rlim_max = now.rlim_max;
    return setrlimit(resource, &limit);
}

static int bind_to(const struct plumb_limits *limits) {
    if (bound(RLIMIT_CORE, 0) != 0) return -1;
    if (limits->file != 0 && bound(RLIMIT_FSIZE, limits->file) != 0) return -1;
    if (limits->descriptors != 0 && bound(RLIMIT_NOFILE, limits->descriptors) != 0) return -1;
    if (limits->seconds != 0 && bound(RLIMIT_CPU, limits->seconds) != 0) return -1;
    if (limits->processes != 0 && bound(RLIMIT_NPROC, limits->processes) != 0) return -1;
    // Before others on a busy machine, those who watch it would come too late.
    setpriority(PRIO_PROCESS, 0, 10);
    // Not of addresses: many runtimes reserve far more of them than they ever use.
    return limits->memory != 0 ? bound(RLIMIT_DATA, limits->memory) : 0;
}

static void become(const struct plumb_child *child, pid_t parent) {
    setsid();
    reset_signals();
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    umask(022);
    if (dup2(child->input, 0) < 0 || dup2(child->output, 1) < 0 || dup2(child->errors > 0 ? child->errors : child->output, 2) < 0)
        fail(child->report, PLUMB_STEP_EXEC);
    close_from(3, 1U << 2);  // CLOSE_RANGE_CLOEXEC
    if (fchdir(child->directory) != 0) fail(child->report, PLUMB_STEP_DIRECTORY);
    if (child->changes_identity) {
        // The raw calls: in a new child there are no other threads to bring along, and glibc's wrappers wait for them.
        if (syscall(SYS_setgroups, child->group_count, child->groups) != 0
            || syscall(SYS_setresgid, child->group, child->group, child->group) != 0
            || syscall(SYS_setresuid, child->user, child->user, child->user) != 0)
            fail(child->report, PLUMB_STEP_IDENTITY);
    }
    if (child->death_signal != 0) {
        // After the identity, whose change clears it.
        prctl(PR_SET_PDEATHSIG, child->death_signal);
        if (getppid() != parent) _exit(127);
    }
    if (child->gate >= 0) {
        char byte;
        ssize_t count;
        do count = read(child->gate, &byte, 1);
        while (count < 0 && errno == EINTR);
        if (count != 1) _exit(127);
    }
    if (child->limits != NULL && bind_to(child->limits) != 0) fail(child->report, PLUMB_STEP_LIMITS);
    execve(child->path, child->arguments, child->environment);
    fail(child->report, PLUMB_STEP_EXEC);
}

pid_t plumb_start(const struct plumb_child *child) {
    pid_t parent = getpid();
    pid_t process = fork();
    if (process == 0) become(child, parent);
    return process;
}

static void become_detached(const char *path, char *const *arguments, char *const *environment, int handshake) {
    setsid();
    // The second fork: a session leader could still take a terminal, and the first one's parent is not init.
    pid_t process = fork();
    if (process != 0) _exit(process < 0 ? 1 : 0);
    reset_signals();
    sigset_t set;
    termination_set(&set);
    sigprocmask(SIG_SETMASK, &set, NULL);
    int null = open("/dev/null", O_RDWR);
    if (null < 0 || dup2(null, 0) < 0 || dup2(null, 1) < 0 || dup2(null, 2) < 0 || chdir("/") != 0) _exit(127);
    if (handshake != 3 && dup2(handshake, 3) < 0) _exit(127);
    fcntl(3, F_SETFD, 0);
    close_from(4, 0);
    execve(path, arguments, environment);
    const char *reason = strerrordesc_np(errno);
    if (reason != NULL) (void)!write(3, reason, strlen(reason));
    _exit(127);
}

int plumb_start_detached(const char *path, char *const *arguments, char *const *environment, int handshake) {
    pid_t process = fork();
    if (process < 0) return -1;
    if (process == 0) become_detached(path, arguments, environment, handshake);
    int status = 0;
    while (waitpid(process, &status, 0) < 0) {
        if (errno != EINTR) return -1;
    }
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return 0;
    errno = EAGAIN;
    return -1;
}

int plumb_process_open(pid_t process) { return (int)syscall(SYS_pidfd_open, process, 0); }

int plumb_process_signal(int descriptor, int number) { return (int)syscall(SYS_pidfd_send_signal, descriptor, number, NULL, 0); }

int plumb_reap(pid_t child) {
    int status = 0;
    if (waitpid(child, &status, WNOHANG) != child) return -1;
    return WIFSIGNALED(status) ? 256 + WTERMSIG(status) : WEXITSTATUS(status);
}

int plumb_termination_signals(void) {
    sigset_t set;
    termination_set(&set);
    if (sigprocmask(SIG_BLOCK, &set, NULL) != 0) return -1;
    signal(SIGPIPE, SIG_IGN);
    return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

int plumb_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

int plumb_lock(int descriptor) {
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    return fcntl(descriptor, F_OFD_SETLK, &lock);
}

int plumb_is_locked(int descriptor) {
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    if (fcntl(descriptor, F_OFD_GETLK, &lock) != 0) return -1;
    return lock.l_type == F_UNLCK ? 0 : 1;
}

int plumb_rename_new(int directory, const char *from, const char *to) {
    return (int)syscall(SYS_renameat2, directory, from, directory, to, 1U /* RENAME_NOREPLACE */);
}
