/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#include "config.h"

#include "faults.h"

#include <errno.h>
#include <sys/syscall.h>
#include <unistd.h>

static int write_error;

void
faults_set_write_error (int error)
{
  __atomic_store_n (&write_error, error, __ATOMIC_SEQ_CST);
}

/* In place of the C library's. */
ssize_t
pwrite (int fd, const void *bytes, size_t n_bytes, off_t offset)
{
  int error = __atomic_load_n (&write_error, __ATOMIC_SEQ_CST);

  if (error == 0)
    return syscall (SYS_pwrite64, fd, bytes, n_bytes, offset);

  errno = error;
  return -1;
}
