package io.fieldloop.scenario.diagnose.conversation;

import io.fieldloop.scenario.diagnose.tcp.TcpConnection;

/** A connection: its packets, and what was said on it. */
public record Connection(TcpConnection tcp, Conversation said) {}
