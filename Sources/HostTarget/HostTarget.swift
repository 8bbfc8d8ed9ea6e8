// HostTarget
