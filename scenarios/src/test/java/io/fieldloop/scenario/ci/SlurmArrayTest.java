package io.fieldloop.scenario.ci;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script for Slurm, run by Slurm: a controller and one node on this machine, in a folder of the test. */
final class SlurmArrayTest {
    private static final ConditionFactory WAIT = await().atMost(120, SECONDS).pollInterval(200, MILLISECONDS);

    @TempDir
    private Path folder;

    private final Map<String, String> variables = new HashMap<>();

    @Test
    void aTaskThatIsKilledAndRequeuedGoesOn() throws Exception {
        assumeTrue(
                Stream.of("slurmctld", "slurmd", "munged").allMatch(name -> Files.exists(Path.of("/usr/sbin", name))),
                "needs Slurm (Debian: slurm-wlm, munge)");
        assumeTrue(Files.isWritable(Path.of("/usr/sbin")), "slurmd needs root");
        Workspace workspace = Workspace.in(folder).with("slow.yaml", """
                scenario: A device is online for a second
                devices: { door: { url: "ws://gateway.test:8000/xiaozhi/v1/" } }
                steps: [{ connect: door }, { wait: 1s }]
                expect: [{ device: door, is: online }]
                """);
        startCluster(workspace);
        variables.put("FIELDLOOP", workspace.launcher().toString());
        String job = told(
                workspace,
                "sbatch --parsable --array=0-1 '" + Workspace.file("slurm-array.sh")
                        + "' --rig socket --repeat 40 slow.yaml");
        WAIT.until(() -> finished("0") > 0);

        told(workspace, "scontrol requeue " + job + "_0");
        WAIT.until(() -> told(workspace, "squeue --noheader --states=PENDING").contains(job + "_0"));
        int before = finished("0");
        assertThat(told(workspace, "'" + workspace.launcher() + "' merge parts 2>&1 || true"))
                .contains("part 1/2 in parts/0 did not finish");
        // Slurm itself would wait two minutes.
        told(workspace, "scontrol update jobid=" + job + "_0 StartTime=now");
        WAIT.until(() -> told(workspace, "squeue --noheader").isEmpty());

        assertThat(folder.resolve("fieldloop-0.log"))
                .content()
                .contains("Part 1/2 (Slurm: SLURM_ARRAY_TASK_ID=0, SLURM_ARRAY_TASK_COUNT=2)", "CANCELLED")
                .contains(before + " of ")
                .contains("cases are finished in parts/0");
        assertThat(told(workspace, "'" + workspace.launcher() + "' merge parts"))
                .contains("40 cases: 40 passed");
    }

    private int finished(String part) throws IOException {
        Path results = folder.resolve("parts/" + part + "/result");
        if (Files.notExists(results)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(results)) {
            return (int) files.filter(file -> file.toString().endsWith(".json")).count();
        }
    }

    private String told(Workspace workspace, String line) throws IOException, InterruptedException {
        Workspace.Finished finished = workspace.shell(line, variables);
        assertThat(finished.exitCode()).as(line + ": " + finished.printed()).isZero();
        return finished.printed().strip();
    }

    private void startCluster(Workspace workspace) throws IOException, InterruptedException {
        Path munge = Files.createDirectories(folder.resolve("munge"));
        byte[] key = new byte[1024];
        new SecureRandom().nextBytes(key);
        Files.write(munge.resolve("key"), key);
        Files.createDirectories(folder.resolve("state"));
        String host = told(workspace, "hostname -s");
        Path config =
                Files.writeString(folder.resolve("slurm.conf"), """
                ClusterName=fieldloop
                SlurmctldHost=%1$s(127.0.0.1)
                SlurmUser=root
                AuthType=auth/munge
                AuthInfo=socket=%2$s/munge/socket
                CredType=cred/munge
                StateSaveLocation=%2$s/state
                SlurmdSpoolDir=%2$s/spool
                SlurmctldPidFile=%2$s/slurmctld.pid
                SlurmdPidFile=%2$s/slurmd.pid
                SlurmctldLogFile=%2$s/slurmctld.log
                SlurmdLogFile=%2$s/slurmd.log
                SlurmctldPort=%3$d
                SlurmdPort=%4$d
                ProctrackType=proctrack/linuxproc
                TaskPlugin=task/none
                SelectType=select/cons_tres
                SelectTypeParameters=CR_CPU
                MpiDefault=none
                SchedulerParameters=sched_interval=1,batch_sched_delay=0
                NodeName=%1$s NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
                PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
                """.formatted(host, folder, freePort(), freePort()));
        variables.put("SLURM_CONF", config.toString());
        told(
                workspace,
                "chmod 755 . && chmod 711 munge && chmod 600 munge/key && munged --force --socket=$PWD/munge/socket"
                        + " --key-file=$PWD/munge/key --pid-file=$PWD/munged.pid --seed-file=$PWD/munge/seed --log-file=$PWD/munge/log");
        told(workspace, "slurmctld -f slurm.conf && slurmd -f slurm.conf");
        WAIT.until(() -> workspace.shell("sinfo", variables).printed().contains("idle"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @AfterEach
    void stopCluster() throws IOException {
        for (String daemon : List.of("slurmd", "slurmctld", "munged")) {
            Path pid = folder.resolve(daemon + ".pid");
            if (Files.exists(pid)) {
                ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).ifPresent(process -> {
                    process.destroy();
                    process.onExit().orTimeout(20, SECONDS).join();
                });
            }
        }
    }
}
