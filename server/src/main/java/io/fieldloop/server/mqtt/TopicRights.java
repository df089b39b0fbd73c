package io.fieldloop.server.mqtt;

/**
 * What a client may hear and say: where credentials are asked for, a device has its own two topics and no other's.
 *
 * <p>Where none are asked for everybody may do everything, so that ordinary tools can watch a device and speak to it.
 */
final class TopicRights {
    private final boolean confined;
    private final String publishTopic;

    TopicRights(boolean confined, String publishTopic) {
        this.confined = confined;
        this.publishTopic = publishTopic;
    }

    boolean mayPublish(MqttClient client, String topic) {
        return !topic.startsWith("$") && (!confined || topic.equals(publishTopic) || topic.equals(client.replyTopic()));
    }

    boolean maySubscribe(MqttClient client, String filter) {
        return !confined || filter.equals(client.replyTopic());
    }
}
