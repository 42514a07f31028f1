#!/usr/bin/env node
import { text } from 'node:stream/consumers';
import process from 'node:process';
import { runCommand } from './check/runCommand';

process.exitCode = await runCommand({
  args: process.argv.slice(2),
  env: process.env,
  readInput: () => text(process.stdin),
  write: (line) => process.stdout.write(line),
  writeError: (line) => process.stderr.write(line),
  isTerminal: process.stdout.isTTY,
});
