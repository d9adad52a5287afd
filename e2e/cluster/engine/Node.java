import static org.codelibs.opensearch.runner.OpenSearchRunner.newConfigs;

import org.codelibs.opensearch.runner.OpenSearchRunner;

/** Runs OpenSearch in the folder that is named, until standard input ends. */
public class Node {
    public static void main(String[] args) throws Exception {
        OpenSearchRunner runner = new OpenSearchRunner();
        runner.build(newConfigs().clusterName("dateline").numOfNode(1).basePath(args[0]));
        System.out.println("ready http://127.0.0.1:" + runner.node().settings().get("http.port"));
        System.out.flush();
        while (System.in.read() >= 0) {
        }
        runner.close();
        System.exit(0);
    }
}
