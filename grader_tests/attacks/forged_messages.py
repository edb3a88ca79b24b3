# Sends messages of its own on the output channel: results, errors and states for cells that are not its own.
# family: outputs and display hooks
# after: No forged message gives a mark or stops the run.

# %% own
import threading
import time

kernel = get_ipython().kernel


def forge():
    for number in range(200):
        for parent in (kernel.get_parent(), {"header": {"msg_id": str(number)}}):
            full = {"execution_count": number, "data": {"text/plain": "3"}, "metadata": {}}
            kernel.session.send(kernel.iopub_socket, "execute_result", full, parent=parent)
            kernel.session.send(kernel.iopub_socket, "status", {"execution_state": "idle"}, parent=parent)
        time.sleep(0.01)


threading.Thread(target=forge, daemon=True).start()
