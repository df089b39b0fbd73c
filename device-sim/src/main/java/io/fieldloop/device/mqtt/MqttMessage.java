package io.fieldloop.device.mqtt;

/** A message a device publishes, or leaves with its broker as its last will. */
public record MqttMessage(String topic, String text, int qos, boolean retain) {}
