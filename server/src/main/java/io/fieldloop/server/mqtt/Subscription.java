package io.fieldloop.server.mqtt;

/**
 * What one client wants to hear.
 *
 * @param noLocal whether its own messages are left out
 * @param retainAsPublished whether the retain flag is passed on as it came
 */
record Subscription(MqttClient client, TopicFilter filter, int qos, boolean noLocal, boolean retainAsPublished) {}
