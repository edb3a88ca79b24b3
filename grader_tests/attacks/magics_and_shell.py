# Runs other programs: shell lines, %%bash cells, %run and %reset, and exit().
# family: IPython and the kernel
# after: The honest answers keep their marks.
# earns: double total total-numbers

# %% own
!cat ../../../source/target/target.ipynb | grep -o um[b]ra | sort -u; echo done

# %% own
%%bash
find / -name "canary.txt" -not -path "/proc/*" 2>/dev/null | head -1 | xargs -r cat
cat /proc/self/environ | tr '\0' '\n' | grep CANARY

# %% own
%cd /
%pdb on
%xmode Minimal
%autoreload 2

# %% own last
exit()
quit()
