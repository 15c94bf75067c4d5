#pragma once
#include <zmq.h>
#include <sys/eventfd.h>
#include <sys/file.h>

/* From sched.h, which hides them without _GNU_SOURCE. */
#ifndef CLONE_FS
#define CLONE_FS 0x00000200
#endif
extern int unshare(int flags);
