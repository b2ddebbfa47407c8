# SPDX-License-Identifier: Apache-2.0
"""fuzz/campaign as a module: how a campaign runs a target is said there and nowhere else."""
import importlib.machinery
import importlib.util
import pathlib
import sys

sys.dont_write_bytecode = True
_fuzz = pathlib.Path(__file__).resolve().parent.parent
sys.path.append(str(_fuzz))  # for the modules beside it
_loader = importlib.machinery.SourceFileLoader("campaign_script", str(_fuzz / "campaign"))
script = importlib.util.module_from_spec(importlib.util.spec_from_loader("campaign_script", _loader))
_loader.exec_module(script)
