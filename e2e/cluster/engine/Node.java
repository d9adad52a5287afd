import static org.codelibs.opensearch.runner.OpenSearchRunner.newConfigs;

import java.io.PrintStream;
import org.codelibs.opensearch.runner.OpenSearchRunner;

/** Runs OpenSearch in the folder that is named, until standard input ends. */
public class Node {
    public static void main(String[] args) throws Exception {
        PrintStream out = System.out; // OpenSearch makes log entries of what is printed to System.out from then on
        OpenSearchRunner runner = new OpenSearchRunner();
        runner.build(newConfigs().clusterName("dateline").numOfNode(1).basePath(args[0]));
        out.println("ready http://127.0.0.1:" + runner.node().settings().get("http.port"));
        out.flush();
        while (System.in.read() >= 0) {
        }
        runner.close();
        System.exit(0);
    }
}
