// The connection to the editor, with which the server ends. The protocol's messages are plain JSON-RPC; of the
// libraries for it only the small one that reads and writes them is loaded, since every start pays for what is loaded.
import {
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';

/** Severity of `window/logMessage`, as the protocol numbers it (LSP 3.17, MessageType). */
const warning = 2;

/**
 * Over Node's IPC channel, as VS Code starts the server, or over standard input and output with `--stdio`, for other editors.
 * The process ends with the `exit` notification (with 1 unless `shutdown` came before it) and with the connection.
 */
export function connectToEditor(): MessageConnection {
  const connection = process.argv.includes('--stdio')
    ? createMessageConnection(new StreamMessageReader(process.stdin), new StreamMessageWriter(process.stdout))
    : createMessageConnection(new IPCMessageReader(process), new IPCMessageWriter(process));
  let exitCode = 1;
  connection.onRequest('shutdown', () => {
    exitCode = 0;
    return null;
  });
  connection.onNotification('exit', () => process.exit(exitCode));
  connection.onClose(() => process.exit(exitCode));
  // The reader of an IPC channel does not tell of its end.
  process.once('disconnect', () => process.exit(exitCode));
  return connection;
}

/** Writes a line into the editor's log of this server. */
export function warn(connection: MessageConnection, message: string): void {
  void connection.sendNotification('window/logMessage', { type: warning, message });
}
